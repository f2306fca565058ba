metadata name = 'Roles of the app'
metadata description = 'Defines the custom roles of infra/roles and gives them to the identity of the app, each where its file says (`assignAt`).'

targetScope = 'subscription'

import { platformResourceGroupsType } from 'types.bicep'

@description('Required. Object id of the identity.')
param principalId string

@description('Required. Subscriptions that hold spokes or are looked after. None, where the roles are given at a management group (infra/management-group-roles.bicep).')
param spokeSubscriptionIds string[]

@description('Required. Resource groups of the platform.')
param platformResourceGroups platformResourceGroupsType

@description('Required. Resource group of the app.')
param resourceGroupName string

@description('Required. Storage account of network events, in that group.')
param eventsStorageAccountName string

@description('Required. Whether the app may enforce recommendations that go beyond networks: just-in-time policies, for which Azure asks for the right to write machines, and adaptive hardening.')
param grantEnforceRole bool

@description('Required. GUID of the role "Network Management" that the app gives to managers of spokes.')
param networkManagementRoleDefinitionGuid string

@description('Optional. Suffix of names and GUIDs, where the tenant holds another installation.')
param roleNameSuffix string = ''

var subscriptionRoles = concat(
  [loadJsonContent('../roles/read.json'), loadJsonContent('../roles/provision.json')],
  grantEnforceRole ? [loadJsonContent('../roles/enforce.json')] : []
)
var eventsRole = loadJsonContent('../roles/events.json')
var groupRoles = filter(
  [
    { role: loadJsonContent('../roles/hub.json'), groups: platformResourceGroups.hubs }
    { role: loadJsonContent('../roles/logs.json'), groups: platformResourceGroups.logs }
    { role: loadJsonContent('../roles/flow-log-reader.json'), groups: platformResourceGroups.logs }
    {
      role: loadJsonContent('../roles/publishing.json')
      groups: union(platformResourceGroups.secrets, platformResourceGroups.names)
    }
    { role: loadJsonContent('../roles/addresses.json'), groups: platformResourceGroups.addresses }
  ],
  entry => !empty(entry.groups)
)

module subscriptionRoleDefinitions 'role-definition.bicep' = [
  for role in subscriptionRoles: if (!empty(spokeSubscriptionIds)) {
    scope: subscription(first(spokeSubscriptionIds) ?? subscription().subscriptionId)
    params: {
      role: role
      roleNameSuffix: roleNameSuffix
      assignableScopes: map(spokeSubscriptionIds, id => '/subscriptions/${id}')
    }
  }
]

module subscriptionAssignments 'role-assignments-at-subscription.bicep' = [
  for id in spokeSubscriptionIds: {
    scope: subscription(id)
    params: {
      principalId: principalId
      roles: subscriptionRoles
      roleNameSuffix: roleNameSuffix
      networkManagementRoleDefinitionGuid: networkManagementRoleDefinitionGuid
    }
    dependsOn: [subscriptionRoleDefinitions]
  }
]

// Assignable in whole subscriptions, assigned in resource groups: a scope that a role may be assigned in grants nothing.
module groupRoleDefinitions 'role-definition.bicep' = [
  for entry in groupRoles: {
    scope: subscription(split(entry.groups[0], '/')[2])
    params: {
      role: entry.role
      roleNameSuffix: roleNameSuffix
      assignableScopes: union(map(entry.groups, group => '/subscriptions/${split(group, '/')[2]}'), [])
    }
  }
]

var groupAssignments = flatten(map(groupRoles, entry => map(entry.groups, group => { role: entry.role, group: group })))

module groupRoleAssignments 'role-assignments-at-resource-group.bicep' = [
  for one in groupAssignments: {
    scope: resourceGroup(split(one.group, '/')[2], split(one.group, '/')[4])
    params: {
      principalId: principalId
      roles: [one.role]
      roleNameSuffix: roleNameSuffix
      networkManagementRoleDefinitionGuid: networkManagementRoleDefinitionGuid
    }
    dependsOn: [groupRoleDefinitions]
  }
]

module eventsRoleDefinition 'role-definition.bicep' = {
  params: {
    role: eventsRole
    roleNameSuffix: roleNameSuffix
    assignableScopes: [subscription().id]
  }
}

module eventsAssignment 'role-assignment-at-storage-account.bicep' = {
  scope: resourceGroup(resourceGroupName)
  params: {
    principalId: principalId
    role: eventsRole
    roleNameSuffix: roleNameSuffix
    networkManagementRoleDefinitionGuid: networkManagementRoleDefinitionGuid
    storageAccountName: eventsStorageAccountName
  }
  dependsOn: [eventsRoleDefinition]
}
