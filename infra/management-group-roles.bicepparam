// Roles for spokes in all subscriptions of a management group. Fill in the object id of the app's identity (output IDENTITY_PRINCIPAL_ID).
using 'management-group-roles.bicep'

param principalId = '55555555-5555-5555-5555-555555555555'
