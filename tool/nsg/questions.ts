import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { objectOf } from "../../shared/rules/meaning/parse-security-rule.ts";
import { unreadable } from "../../shared/rules/meaning/unreadable.ts";
import type { Command } from "./command.ts";
import { linesOf } from "./lines.ts";
import { MisuseError } from "./misuse-error.ts";

/** One question, or why it cannot be read. */
export type Question =
  | { readonly id: unknown; readonly members: Readonly<Record<string, unknown>> }
  | { readonly id: unknown; readonly error: unknown };

/** The question that the command's files make up; paths count from `folder`. Throws MisuseError. */
export async function questionOfFiles(command: Command, paths: readonly string[], folder: string): Promise<Question> {
  if (paths.length !== command.files.length) {
    throw new MisuseError(`${command.name} takes ${command.files.length} files (${command.files.join(", ")}) or none.`);
  }
  const entries = await Promise.all(
    paths.map(async (path, index) => [command.files[index] as string, await jsonFile(resolve(folder, path))] as const),
  );
  return { id: paths.map((path) => basename(path)).join(" "), members: Object.fromEntries(entries) };
}

async function jsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new MisuseError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}

/** The questions of a stream, one in each line that is not empty, as they come. */
export async function* questionsOfLines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<Question> {
  let number = 0;
  for await (const line of linesOf(stream)) {
    number += 1;
    if (line.trim() !== "") yield questionOfLine(line, number);
  }
}

function questionOfLine(line: string, number: number): Question {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      id: null,
      error: unreadable(
        `line ${number}`,
        `is not JSON (${(error as Error).message})`,
        "UnreadableLine",
        "Write one JSON object in each line.",
      ),
    };
  }
  try {
    const { id = null, ...members } = objectOf(value, `line ${number}`);
    return { id, members };
  } catch (error) {
    return { id: null, error };
  }
}
