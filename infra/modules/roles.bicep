metadata name = 'Roles'
metadata description = 'The custom roles of the app as ARM takes them, out of the files in infra/roles. These files are the one source: local Azure and the tests read them too.'

@export()
@description('A file of infra/roles.')
type roleType = {
  id: string
  roleName: string
  description: string
  @description('Action to the reason for it.')
  actions: { *: string }
  @description('Data action to the reason for it.')
  dataActions: { *: string }
  assignAt: string[]
  condition: string?
  conditionVersion: '2.0'?
}

@export()
@description('GUID of a role. An installation beside another one in the same tenant has a suffix, and so its own roles: names and GUIDs are the tenant\'s.')
func guidOf(role roleType, roleNameSuffix string) string =>
  empty(roleNameSuffix) ? role.id : guid(role.id, roleNameSuffix)

@export()
@description('Properties of a role definition.')
func definitionOf(role roleType, roleNameSuffix string, assignableScopes string[]) object => {
  roleName: empty(roleNameSuffix) ? role.roleName : '${role.roleName} ${roleNameSuffix}'
  description: role.description
  type: 'customRole'
  permissions: [
    {
      actions: objectKeys(role.actions)
      notActions: []
      dataActions: objectKeys(role.dataActions)
      notDataActions: []
    }
  ]
  assignableScopes: assignableScopes
}

@description('GUID that stands in the condition of infra/roles/provision.json for the role "Network Management".')
var sampleNetworkManagementRole = '5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60'

@export()
@description('Condition and version of an assignment: which roles the app may assign. Null where the role assigns none.')
func conditionOf(role roleType, networkManagementRoleDefinitionGuid string) object =>
  contains(role, 'condition')
    ? {
        condition: replace(role.condition!, sampleNetworkManagementRole, networkManagementRoleDefinitionGuid)
        conditionVersion: '2.0'
      }
    : {}
