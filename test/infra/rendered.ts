import { readFileSync } from "node:fs";
import { join } from "node:path";
import { infraFolder } from "./snapshot.ts";

/** A resource as a snapshot has it: constants are values, what only Azure knows is an expression in brackets. */
export interface RenderedResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly scope?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is data of every shape
  readonly properties: any;
}

/** The resources of a parameter file, out of its committed snapshot. */
export function rendered(parameterFile: string): RenderedResource[] {
  const file = join(infraFolder, parameterFile.replace(/\.bicepparam$/, ".snapshot.json"));
  return (JSON.parse(readFileSync(file, "utf8")) as { predictedResources: RenderedResource[] }).predictedResources;
}
