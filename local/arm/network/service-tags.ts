/**
 * Service tags that security rules and routes may name: "Virtual network service tags" (Azure documentation, table
 * "Available service tags"), and those added since. An unknown tag is refused: a tag that matched nothing in silence
 * would hide exposure.
 */
const REGIONAL_TAGS = [
  "AppService",
  "AutonomousDevelopmentPlatform",
  "AzureCloud",
  "AzureConnectors",
  "AzureContainerAppsService",
  "AzureContainerRegistry",
  "AzureCosmosDB",
  "AzureDevOps",
  "AzureIoTHub",
  "AzureKeyVault",
  "AzureWebPubSub",
  "BatchNodeManagement",
  "DataFactory",
  "Dynamics365ForMarketingEmail",
  "EventHub",
  "HDInsight",
  "M365ManagementActivityApi",
  "M365ManagementActivityApiWebhook",
  "MicrosoftContainerRegistry",
  "PowerPlatformInfra",
  "PowerPlatformPlex",
  "ServiceBus",
  "Sql",
  "Storage",
  "ApiManagement",
  "AzureMonitor",
  "AppServiceManagement",
];
const GLOBAL_TAGS = [
  "ActionGroup",
  "AppConfiguration",
  "ApplicationInsightsAvailability",
  "AzureActiveDirectory",
  "AzureActiveDirectoryDomainServices",
  "AzureAdvancedThreatProtection",
  "AzureArcInfrastructure",
  "AzureAttestation",
  "AzureBackup",
  "AzureBotService",
  "AzureCognitiveSearch",
  "AzureDatabricks",
  "AzureDataExplorerManagement",
  "AzureDataLake",
  "AzureDeviceUpdate",
  "AzureDevSpaces",
  "AzureDigitalTwins",
  "AzureEventGrid",
  "AzureFrontDoor.Backend",
  "AzureFrontDoor.FirstParty",
  "AzureFrontDoor.Frontend",
  "AzureFrontDoor.MicrosoftSecurity",
  "AzureHealthcareAPIs",
  "AzureInformationProtection",
  "AzureLoadBalancer",
  "AzureLoadTestingInstanceManagement",
  "AzureMachineLearning",
  "AzureMachineLearningInference",
  "AzureManagedGrafana",
  "AzureMonitorForSAP",
  "AzureOpenDatasets",
  "AzurePlatformDNS",
  "AzurePlatformIMDS",
  "AzurePlatformLKM",
  "AzureResourceManager",
  "AzureSentinel",
  "AzureSignalR",
  "AzureSiteRecovery",
  "AzureSphere",
  "AzureSpringCloud",
  "AzureStack",
  "AzureTrafficManager",
  "AzureUpdateDelivery",
  "AzureVideoIndexer",
  "ChaosStudio",
  "CognitiveServicesFrontend",
  "CognitiveServicesManagement",
  "DataFactoryManagement",
  "Dynamics365BusinessCentral",
  "EOPExternalPublishedIPs",
  "GatewayManager",
  "GenevaActions",
  "GuestAndHybridManagement",
  "Internet",
  "KustoAnalytics",
  "LogicApps",
  "LogicAppsManagement",
  "Marketplace",
  "MicrosoftAzureFluidRelay",
  "MicrosoftCloudAppSecurity",
  "MicrosoftDefenderForEndpoint",
  "MicrosoftPurviewPolicyDistribution",
  "OneDsCollector",
  "PowerBI",
  "PowerQueryOnline",
  "SCCservice",
  "Scuba",
  "SecurityCopilot",
  "SerialConsole",
  "ServiceFabric",
  "SqlManagement",
  "StorageMover",
  "StorageSyncService",
  "VirtualNetwork",
  "WindowsAdminCenter",
  "WindowsVirtualDesktop",
];
const REGIONS = new Set(
  (
    "australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth " +
    "brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral eastasia eastus eastus2 " +
    "francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast " +
    "japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth " +
    "northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest " +
    "southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth " +
    "switzerlandwest uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3"
  ).split(" "),
);
const regional = new Set(REGIONAL_TAGS.map((tag) => tag.toLowerCase()));
const known = new Set([...regional, ...GLOBAL_TAGS.map((tag) => tag.toLowerCase())]);

/** Whether Azure knows the service tag, for example `Storage` or `Storage.WestEurope`; letter case does not matter. */
export function isServiceTag(text: string): boolean {
  const tag = text.toLowerCase();
  if (known.has(tag)) return true;
  const dot = tag.lastIndexOf(".");
  return dot > 0 && regional.has(tag.slice(0, dot)) && REGIONS.has(tag.slice(dot + 1));
}
