import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { projectFolder, stackOptionsFromEnvironment } from "../../../local/stack/stack-options.ts";

const here = resolve("/somewhere");

test("without settings the documented defaults hold", () => {
  expect(stackOptionsFromEnvironment({}, here)).toEqual({
    dataFolder: join(projectFolder, ".local"),
    functionsPort: 7071,
    azurePort: 7443,
    speed: 20,
    cloud: "AzureCloud",
    configurationFile: join(projectFolder, "platform-configuration.sample.json"),
    enforcementMode: null,
  });
});

test("relative paths start where the command was called, and an empty setting is no setting", () => {
  const options = stackOptionsFromEnvironment(
    { LOCAL_DATA_DIR: "data", PLATFORM_CONFIGURATION_FILE: "p.json", FUNCTIONS_PORT: "", LOCAL_AZURE_SPEED: "0" },
    here,
  );
  expect(options).toMatchObject({
    dataFolder: join(here, "data"),
    configurationFile: join(here, "p.json"),
    functionsPort: 7071,
    speed: 0,
  });
});

test("every wrong setting is named at once", () => {
  const wrong = {
    FUNCTIONS_PORT: "70000",
    LOCAL_AZURE_PORT: "x",
    LOCAL_AZURE_SPEED: "-1",
    LOCAL_AZURE_CLOUD: "toString",
    ENFORCEMENT_MODE: "maybe",
  };
  const parse = (): unknown => stackOptionsFromEnvironment(wrong, here);
  for (const name of Object.keys(wrong)) expect(parse).toThrow(name);
});
