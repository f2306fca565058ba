metadata name = 'Alert rules'
metadata description = 'What somebody has to know of at once: failed orchestrations, events that were lost or put aside, a silent app.'

@description('Optional. Location of the rules: that of the workspace.')
param location string = resourceGroup().location

@description('Required. Workspace of the app.')
param workspaceResourceId string

@description('Required. Application Insights component of the app: the workspace may hold other apps too.')
param applicationInsightsResourceId string

@description('Required. Name of the storage account of network events.')
param eventsStorageAccountName string

@description('Required. Container of dead letters.')
param deadLetterContainer string

@description('Required. Queue of network events.')
param queueName string

@description('Optional. Action groups that are called.')
param actionGroupResourceIds string[] = []

@description('Optional. Tags of the rules.')
param tags object = {}

var rules = [
  {
    name: 'alert-zero-trust-orchestration-failed'
    displayName: 'Zero Trust spokes: an orchestration failed'
    description: 'An orchestration ended as Failed. GET /api/spokes/{name} says what and what to do; docs/operations.md lists the codes.'
    severity: 1
    frequency: 'PT5M'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
    // Tracking traces of Durable Functions (Diagnostics in Durable Functions, "Application Insights"). By the classic exporter their
    // properties are named prop__…, by OpenTelemetry (telemetryMode of host.json) as Durable logs them.
    query: $'''
      AppTraces
      | where _ResourceId =~ "${applicationInsightsResourceId}"
      | extend functionType = coalesce(tostring(Properties.functionType), tostring(Properties.prop__functionType))
      | extend state = coalesce(tostring(Properties.state), tostring(Properties.prop__state))
      | extend isReplay = coalesce(tostring(Properties.isReplay), tostring(Properties.prop__isReplay))
      | where functionType == "Orchestrator" and state == "Failed" and isReplay !~ "true"
      | project TimeGenerated, Message
    '''
  }
  {
    name: 'alert-zero-trust-run-failed'
    displayName: 'Zero Trust spokes: a run failed, or the app did'
    description: 'A run of a spoke ended as Failed or was refused (a warning of finishRun or planSpoke), or the app wrote an error. GET /api/spokes/{name} says what and what to do; docs/operations.md lists the codes.'
    severity: 2
    frequency: 'PT5M'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
    // Runs fail in their record, while their orchestration completes. Columns: docs/telemetry.md; severity 2 is a warning, 3 an error.
    query: $'''
      AppTraces
      | where _ResourceId =~ "${applicationInsightsResourceId}"
      | extend operation = tostring(Properties.operation)
      | where isnotempty(operation)
      | where SeverityLevel >= 3 or (SeverityLevel == 2 and operation in ("finishRun", "planSpoke"))
      | project TimeGenerated, operation, spoke = tostring(Properties.spoke), Message
    '''
  }
  {
    name: 'alert-zero-trust-dead-letters'
    displayName: 'Zero Trust spokes: network events were not taken in'
    description: 'Event Grid wrote dead letters, or the app put messages into its poison queue. The timer replayNetworkEvents takes them in each hour; if this repeats, look for why.'
    severity: 2
    frequency: 'PT5M'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    query: $'''
      let deadLetters = StorageBlobLogs
        | where AccountName == "${eventsStorageAccountName}" and Category == "StorageWrite" and StatusCode startswith "2"
        | where ObjectKey startswith "/${eventsStorageAccountName}/${deadLetterContainer}/"
        | project TimeGenerated, place = ObjectKey;
      let poisonMessages = StorageQueueLogs
        | where AccountName == "${eventsStorageAccountName}" and StatusCode startswith "2"
        | where OperationName == "PutMessage" and Uri has "/${queueName}-poison/"
        | project TimeGenerated, place = tostring(split(Uri, "?")[0]);
      union deadLetters, poisonMessages
    '''
  }
  {
    name: 'alert-zero-trust-silent'
    displayName: 'Zero Trust spokes: the app is silent'
    description: 'Nothing was heard of the app for half an hour, although a timer runs each minute: nothing watches the networks. Look at the app, its storage account and its identity.'
    severity: 1
    frequency: 'PT15M'
    window: 'PT30M'
    operator: 'LessThan'
    threshold: 1
    query: 'union AppRequests, AppTraces, AppDependencies | where _ResourceId =~ "${applicationInsightsResourceId}"'
  }
]

resource scheduledQueryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: rule.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.displayName
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [workspaceResourceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: true
      // Tables come into being with their first record: until then the query is right and finds no table.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: actionGroupResourceIds }
    }
  }
]

@description('Resource ids of the rules.')
output resourceIds string[] = [for (rule, index) in rules: scheduledQueryRules[index].id]
