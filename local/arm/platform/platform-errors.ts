import { ArmError } from "../arm-error.ts";

/** 400 BadRequest: Azure Monitor's general refusal. */
export function badRequest(message: string): ArmError {
  return new ArmError(400, "BadRequest", message);
}

/** 409 Conflict: the general refusal of Azure Monitor and of Microsoft Defender for Cloud. */
export function conflict(message: string): ArmError {
  return new ArmError(409, "Conflict", message);
}

/** 400: Azure Monitor collects no logs or metrics from the type. */
export function diagnosticSettingsNotSupported(type: string): ArmError {
  const message = `The resource type '${type.toLowerCase()}' does not support diagnostic settings.`;
  return new ArmError(400, "ResourceTypeNotSupported", message);
}

/** 400: the name is no storage account name. */
export function accountNameInvalid(name: string): ArmError {
  const rule =
    "Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.";
  return new ArmError(400, "AccountNameInvalid", `${name} is not a valid storage account name. ${rule}`);
}

/** 409: an account of this name stands in another resource group of the subscription. */
export function storageAccountAlreadyExists(name: string): ArmError {
  const message = `The storage account named ${name} already exists under the subscription.`;
  return new ArmError(409, "StorageAccountAlreadyExists", message);
}

/** 409: an account of this name stands in another subscription; the names are unique in all of Azure. */
export function storageAccountAlreadyTaken(name: string): ArmError {
  return new ArmError(409, "StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`);
}

/** 400: Azure Storage does not know the value of a property. */
export function invalidStorageProperty(path: string, message: string): ArmError {
  return new ArmError(400, "InvalidRequestPropertyValue", `The value of property ${path} is not allowed. ${message}`);
}

/** 409: a storage account property that is settled at creation. */
export function storagePropertyImmutable(name: string): ArmError {
  const message = `The property '${name}' was specified in the input, but it cannot be updated as it is read-only. For more information, see - https://aka.ms/storageaccountupdate`;
  return new ArmError(409, "PropertyImmutable", message);
}

/** 400: a network rule of a storage account names a subnet without the service endpoint. */
export function networkAclsValidationFailure(subnetId: string): ArmError {
  const message = `Validation of network acls failure: SubnetsHaveNoServiceEndpointsConfigured:Subnet ${subnetId} does not have ServiceEndpoints for Microsoft.Storage resources configured. Add Microsoft.Storage to subnet's ServiceEndpoints collection before trying to ACL Microsoft.Storage resources to these subnets.`;
  return new ArmError(400, "NetworkAclsValidationFailure", message);
}

/** 400: Microsoft.Compute misses a property. */
export function requiredParameterMissing(name: string): ArmError {
  return new ArmError(400, "InvalidParameter", `Required parameter '${name}' is missing (null).`);
}

/** 400: a network interface belongs to one virtual machine. */
export function nicInUse(nicId: string, virtualMachineId: string): ArmError {
  return new ArmError(400, "NicInUse", `Network Interface ${nicId} is used by existing VM ${virtualMachineId}.`);
}

/** 409: the deployed resource forbids the change. */
export function operationNotAllowed(message: string): ArmError {
  return new ArmError(409, "OperationNotAllowed", message);
}

/** 409: nested resources must go first. */
export function cannotDeleteResource(nestedIds: readonly string[]): ArmError {
  const ids = nestedIds.map((id) => `'${id}'`).join(", ");
  const message = `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ${ids}. Please delete all nested resources before deleting this resource.`;
  return new ArmError(409, "CannotDeleteResource", message);
}

/** 400: all network interfaces of a machine lie in one virtual network. */
export function subnetsNotInSameVnet(subnetId: string, otherSubnetId: string): ArmError {
  const message = `Subnet ${otherSubnetId} is not in the same Virtual Network as Subnet ${subnetId} of VM.`;
  return new ArmError(400, "SubnetsNotInSameVnet", message);
}
