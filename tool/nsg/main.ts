/** `npm run --silent nsg -- compare|prove|lint|explain`: questions about NSGs, for people and pipelines. */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { RefusedError } from "../../shared/domain/errors.ts";
import { type Assumption, assumptions } from "../../shared/rules/assumptions.ts";
import type { Command } from "./command.ts";
import { compareCommand } from "./compare-command.ts";
import { explainCommand } from "./explain-command.ts";
import { lintCommand } from "./lint-command.ts";
import { MisuseError } from "./misuse-error.ts";
import { proveCommand } from "./prove-command.ts";
import { type Question, questionOfFiles, questionsOfLines } from "./questions.ts";

const commands: readonly Command[] = [compareCommand, proveCommand, lintCommand, explainCommand];

const usage = [
  "npm run --silent nsg -- COMMAND [FILES] [--table]",
  "",
  ...commands.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}`),
  "",
  "Without files, one question stands in each line of standard input (JSON), and one answer in each line of output, in",
  'order; a line that cannot be read is answered {"id", "error"}. An NSG is what Azure Resource Manager answers, or an',
  "array of its rules. --table writes for people instead.",
  "Exit code: 0 no finding, 1 a finding, 2 misuse or an unanswered question.",
];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { table: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(usage.join("\n"));
    return 0;
  }
  const [name, ...paths] = positionals;
  const command = commands.find((known) => known.name === name);
  if (command === undefined) throw new MisuseError(name === undefined ? "No command." : `There is no command ${name}.`);
  const folder = process.env.INIT_CWD ?? process.cwd();
  const questions =
    paths.length > 0 ? [await questionOfFiles(command, paths, folder)] : questionsOfLines(process.stdin);
  let findings = 0;
  let failures = 0;
  const restedOn = new Set<Assumption>();
  for await (const question of questions) {
    const answered = answerTo(command, question);
    findings += answered.finding ? 1 : 0;
    failures += answered.failed ? 1 : 0;
    for (const assumption of assumptionsIn(answered.answer)) restedOn.add(assumption);
    await write(values.table ? table(question.id, answered.readable) : JSON.stringify(answered.answer));
  }
  if (values.table && restedOn.size > 0) {
    const texts = [...restedOn].map((assumption) => `- ${assumptions[assumption]}`);
    await write(["", "Assumptions:", ...texts].join("\n"));
  }
  if (findings > 0) return 1;
  return failures > 0 ? 2 : 0;
}

function assumptionsIn(answer: Readonly<Record<string, unknown>>): readonly Assumption[] {
  return Array.isArray(answer.assumptions) ? answer.assumptions : [];
}

function answerTo(command: Command, question: Question) {
  try {
    if ("error" in question) throw question.error;
    const { answer, finding, readable } = command.ask(question.members);
    return { answer: { id: question.id, ...answer }, finding, readable, failed: false };
  } catch (error) {
    const { code, message, remedy } = error instanceof RefusedError ? error.failure : unforeseen(error);
    const answer = { id: question.id, error: message, code, remedy };
    return { answer, finding: false, readable: [`no answer: ${message}`, `  ${remedy}`], failed: true };
  }
}

/** One question that the tool fails at must not take the answers to the others with it. */
function unforeseen(error: unknown): { code: string; message: string; remedy: string } {
  console.error(error);
  return {
    code: "InternalError",
    message: `The tool failed at this question: ${error instanceof Error ? error.message : String(error)}`,
    remedy: "Report the question and the trace on standard error.",
  };
}

function table(id: unknown, readable: readonly string[]): string {
  const [first, ...rest] = readable;
  return [`${typeof id === "string" ? id : JSON.stringify(id)}  ${first}`, ...rest].join("\n");
}

/** Waits while the reader is slower than the answers, so that a long stream needs no memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, "drain");
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  // Not 1, which says that there is a finding.
  console.error(error);
  process.exit(2);
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const misused = error instanceof MisuseError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
    console.error(misused ? `${(error as Error).message}\n\n${usage.join("\n")}` : error);
    process.exitCode = 2;
  },
);
