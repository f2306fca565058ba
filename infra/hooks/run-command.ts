import { spawn } from "node:child_process";

/**
 * Runs a command in this terminal, and waits for it.
 * @throws Error where it ends with another exit code than 0.
 */
export async function runCommand(command: string, commandLine: readonly string[]): Promise<void> {
  const said = `${command} ${commandLine.join(" ")}`;
  const code = await new Promise<number | null>((resolve, reject) => {
    // npm and azd are scripts on Windows, which only a shell starts; no argument here comes from outside.
    const child = spawn(command, [...commandLine], { stdio: "inherit", shell: process.platform === "win32" });
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`${said} ended with exit code ${code}`);
}
