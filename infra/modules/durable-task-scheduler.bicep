metadata name = 'Durable Task Scheduler'
metadata description = 'The scheduler and its task hub, as the store of orchestrations instead of the storage account.'

import { durableTaskSchedulerType } from 'types.bicep'

@description('Required. Name of the scheduler.')
param name string

@description('Optional. Location of the scheduler.')
param location string = resourceGroup().location

@description('Required. SKU and addresses.')
param scheduler durableTaskSchedulerType

@description('Required. Name of the task hub.')
param taskHubName string

@description('Required. Object id of the identity that runs orchestrations.')
param principalId string

@description('Optional. Tags of the scheduler.')
param tags object = {}

resource durableTaskScheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: scheduler.ipAllowlist
    sku: scheduler.skuName == 'Dedicated'
      ? { name: 'Dedicated', capacity: scheduler.?capacity ?? 1 }
      : { name: 'Consumption' }
  }

  resource taskHub 'taskHubs' = {
    name: taskHubName
    properties: {}
  }
}

@description('Durable Task Data Contributor.')
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: durableTaskScheduler
  name: guid(durableTaskScheduler.id, principalId, durableTaskDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Address of the scheduler.')
output endpoint string = durableTaskScheduler.properties.endpoint
