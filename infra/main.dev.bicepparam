// An installation to try the tool on: small, reached by public addresses behind the sign-in, and it only tells (audit).
// Fill in the ids; docs/deployment.md explains each parameter.
using 'main.bicep'

param environmentName = 'dev'
param location = 'westeurope'

param signInClientId = '33333333-3333-3333-3333-333333333333' // the app registration (docs/deployment.md, "By hand")

param enforcementMode = 'audit'
param spokeSubscriptionIds = ['11111111-1111-1111-1111-111111111111']
param platformResourceGroups = {
  hubs: ['/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-hub-westeurope']
  logs: ['/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-platform-logs']
  secrets: []
  names: []
  addresses: []
}

// Beside the installation of main.prod.bicepparam in the same tenant: custom roles of its own.
param roleNameSuffix = 'dev'

param logRetentionDays = 30
