metadata name = 'Role definition'
metadata description = 'One custom role, defined in one of the subscriptions that it may be assigned in.'

targetScope = 'subscription'

import { definitionOf, guidOf, roleType } from 'roles.bicep'

@description('Required. The role.')
param role roleType

@description('Optional. Suffix of name and GUID, where the tenant holds another installation.')
param roleNameSuffix string = ''

@description('Required. Scopes that it may be assigned in.')
param assignableScopes string[]

resource roleDefinition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guidOf(role, roleNameSuffix)
  properties: definitionOf(role, roleNameSuffix, assignableScopes)
}

@description('Resource id of the role definition.')
output resourceId string = roleDefinition.id
