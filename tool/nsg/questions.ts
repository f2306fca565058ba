import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { RefusedError } from "../../shared/domain/errors.ts";
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
    return JSON.parse(textOf(await readFile(path)));
  } catch (error) {
    throw new MisuseError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}

/** A file's text without its byte order mark; Windows PowerShell redirects into UTF-16. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

/** The questions of a stream, one in each line that is not empty, as they come. */
export async function* questionsOfLines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<Question> {
  let number = 0;
  for await (const line of linesOf(stream)) {
    number += 1;
    if (line === null) yield { id: null, error: unreadableLine(number, "is too long") };
    // `trim` takes a byte order mark away too.
    else if (line.trim() !== "") yield questionOfLine(line.trim(), number);
  }
}

function questionOfLine(line: string, number: number): Question {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      id: null,
      error: unreadableLine(number, `is not JSON (${(error as Error).message})`),
    };
  }
  try {
    const { id = null, ...members } = objectOf(value, `line ${number}`);
    return { id: answerable(id, line), members };
  } catch (error) {
    return { id: null, error };
  }
}

/** The id as the answer repeats it; null for one that is nested too deeply to be written. */
function answerable(id: unknown, line: string): unknown {
  if (typeof id === "number" && !Number.isSafeInteger(id)) return exactNumber(line);
  try {
    JSON.stringify(id);
    return id;
  } catch {
    return null;
  }
}

/** The line's id to its last digit: ids may have more of them than a double holds. */
function exactNumber(line: string): unknown {
  const written = new Map<unknown, string | undefined>();
  const root: unknown = JSON.parse(line, function (this: unknown, key, value, context?: { source?: string }) {
    if (key === "id") written.set(this, context?.source);
    return value;
  });
  return rawJson(written.get(root) ?? "null");
}

// TypeScript does not know it yet (ECMAScript proposal "JSON.parse source text access", in Node.js since 21).
const { rawJSON: rawJson } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown };

function unreadableLine(number: number, why: string): RefusedError {
  return unreadable(`line ${number}`, why, "UnreadableLine", "Write one JSON object in each line.");
}
