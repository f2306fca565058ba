/** The regions that local Azure knows. Source: Azure geographies list, `az account list-locations`. */
export const locations: readonly string[] = [
  "westeurope",
  "northeurope",
  "swedencentral",
  "germanywestcentral",
  "francecentral",
  "switzerlandnorth",
  "norwayeast",
  "polandcentral",
  "italynorth",
  "spaincentral",
  "uksouth",
  "ukwest",
  "eastus",
  "eastus2",
  "centralus",
  "westus2",
  "westus3",
  "canadacentral",
  "brazilsouth",
  "australiaeast",
  "southeastasia",
  "japaneast",
  "centralindia",
  "uaenorth",
  "southafricanorth",
];

/** `West Europe` and `WestEurope` as Resource Manager keeps them: `westeurope`. */
export function canonicalLocation(location: string): string {
  return location.replaceAll(/\s/g, "").toLowerCase();
}
