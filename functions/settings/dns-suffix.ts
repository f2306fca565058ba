type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The DNS suffix of one of Azure's services, from the app setting that a sovereign cloud sets.
 * @throws Error where it is anything but a suffix, such as a URL
 */
export function dnsSuffix(environment: Environment, name: string, otherwise: string): string {
  const value = environment[name];
  if (value === undefined || value === "") return otherwise;
  if (/^(?=.{1,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(value)) return value;
  throw new Error(
    `The setting ${name} is no DNS suffix: write it in lower case, without a protocol and outer dots, like ${otherwise}`,
  );
}
