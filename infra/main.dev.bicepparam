// An installation to try the tool on: small, reached by public addresses behind the sign-in, and it only tells (audit).
// Fill in the ids; docs/deployment.md explains each parameter.
using 'main.bicep'

param environmentName = 'dev'
param location = 'westeurope'

param signInClientId = '00000000-0000-0000-0000-000000000000' // the app registration: `npm run deploy:sign-in` prints it

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
