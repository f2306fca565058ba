metadata name = 'Alert rules'
metadata description = 'What somebody has to know of at once: failed orchestrations, events that were lost or put aside, a silent app.'

@description('Optional. Location of the rules: that of the workspace.')
param location string = resourceGroup().location

@description('Required. Workspace of the app.')
param workspaceResourceId string

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
    // Tracking traces of Durable Functions (Diagnostics in Durable Functions, "Application Insights").
    query: '''
      AppTraces
      | extend state = tostring(Properties.prop__state), functionType = tostring(Properties.prop__functionType)
      | where functionType == "Orchestrator" and state == "Failed" and tobool(Properties.prop__isReplay) != true
      | project TimeGenerated, orchestrator = tostring(Properties.prop__functionName), instance = tostring(Properties.prop__instanceId), reason = tostring(Properties.prop__reason)
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
    query: replace(
      replace(
        replace(
          '''
            let deadLetters = StorageBlobLogs
              | where AccountName == "{account}" and OperationName in ("PutBlob", "PutBlockList") and ObjectKey startswith "/{account}/{container}/"
              | where StatusCode in ("200", "201")
              | project TimeGenerated, place = ObjectKey;
            let poisonMessages = StorageQueueLogs
              | where AccountName == "{account}" and OperationName == "PutMessage" and Uri has "/{queue}-poison/"
              | where StatusCode in ("200", "201")
              | project TimeGenerated, place = tostring(split(Uri, "?")[0]);
            union deadLetters, poisonMessages
          ''',
          '{account}',
          eventsStorageAccountName
        ),
        '{container}',
        deadLetterContainer
      ),
      '{queue}',
      queueName
    )
  }
  {
    name: 'alert-zero-trust-silent'
    displayName: 'Zero Trust spokes: the app is silent'
    description: 'No function ran for half an hour, although a timer runs each minute: nothing watches the networks. Look at the app, its storage account and its identity.'
    severity: 1
    frequency: 'PT15M'
    window: 'PT30M'
    operator: 'LessThan'
    threshold: 1
    query: 'AppRequests | where OperationName == "settleNetworkChanges" or Name == "settleNetworkChanges"'
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
