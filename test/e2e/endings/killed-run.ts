import { setTimeout as sleep } from "node:timers/promises";
import { isAtWork } from "../../../shared/domain/spoke-record.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import type { Answer, Portal } from "../spokes/portal.ts";
import { type ArmCalls, isPoll, isWrite } from "./arm-calls.ts";
import { readOperations } from "./azure-store.ts";
import type { KillMoment, KillMoments } from "./kill-moments.ts";
import type { KillTarget } from "./kill-target.ts";
import type { RunProgress, SpokeState } from "./spoke-state.ts";

/** A kill, and what stood when the host was dead. */
export interface Kill {
  readonly moment: KillMoment;
  /** False where the moment did not come, and time was up. */
  readonly came: boolean;
  /** Milliseconds that this life of the host had lasted. */
  readonly age: number;
  readonly status: string;
  readonly progress: RunProgress | null;
  /** Resources at which Azure was at work. */
  readonly operations: readonly string[];
  readonly turnsHeld: number;
  readonly prefixHeld: boolean;
}

/** What a run is killed with. */
export interface KillTools {
  readonly portal: Portal;
  readonly target: KillTarget;
  readonly calls: ArmCalls;
  readonly state: SpokeState;
  readonly dataFolder: string;
}

/** So long a moment on the way is waited for: a lane may wait for the turn of a dead host. */
const patience = 2_000;

/** One run of a spoke, killed at each of its moments that comes while the run lasts. */
export class KilledRun {
  readonly kills: Kill[] = [];
  readonly #tools: KillTools;
  readonly #spoke: string;
  readonly #ask: () => Promise<Answer>;

  constructor(tools: KillTools, spoke: string, ask: () => Promise<Answer>) {
    this.#tools = tools;
    this.#spoke = spoke;
    this.#ask = ask;
  }

  /** Asks for the run, kills it at its moments, and answers how it ended. */
  async through(moments: KillMoments, settleWithin: number): Promise<SpokeView> {
    for (const moment of moments.start) await this.#start(moment);
    for (const moment of moments.way) {
      await this.#tools.target.lastAWhile();
      if (await this.#allDone()) break;
      const came = await this.#onTheWay(moment);
      if (!(await this.#allDone())) await this.#kill(moment, came);
    }
    await this.#tools.target.until(async () => (await this.#changesLeft()) <= 1, settleWithin * 1_000);
    for (const moment of moments.end) await this.#end(moment);
    return this.#tools.portal.settled(this.#spoke, settleWithin);
  }

  async #start(moment: KillMoment): Promise<void> {
    if (moment.at === "request") {
      // The caller meets a lost connection, or was answered just in time.
      const asked = this.#ask().catch(() => null);
      await sleep(moment.milliseconds);
      await this.#kill(moment, true);
      await asked;
      return;
    }
    const mark = this.#tools.calls.last;
    if (moment.at === "accepted") {
      const { status, body } = await this.#ask();
      if (status !== 202) throw new Error(`Asked again after a kill: ${status} ${JSON.stringify(body)}`);
      await this.#kill(moment, true);
      return;
    }
    const reads = moment.at === "planning" ? moment.reads : 1;
    await this.#kill(
      moment,
      await this.#tools.target.until(() => this.#tools.calls.after(mark).length >= reads, patience),
    );
  }

  async #onTheWay(moment: KillMoment): Promise<boolean> {
    const { calls, target, state } = this.#tools;
    const mark = calls.last;
    const since = () => calls.after(mark);
    const orDone = async (reached: () => boolean | Promise<boolean>) => {
      let came = false;
      await target.until(async () => {
        came = await reached();
        return came || (await this.#allDone());
      }, patience);
      return came;
    };
    switch (moment.at) {
      case "write":
        return orDone(() => since().filter(isWrite).length >= moment.writes);
      case "poll":
        return orDone(() => since().filter(isPoll).length >= moment.polls);
      case "turn":
        return orDone(async () => (await state.blobs()).some((blob) => blob.leased));
      case "withheld answer":
        return this.#withholding(() => orDone(() => since().some((call) => isWrite(call) && call.status === 0)));
      default:
        if (moment.at === "delay") await sleep(moment.milliseconds);
        return true;
    }
  }

  async #withholding<T>(work: () => Promise<T>): Promise<T> {
    const { portal } = this.#tools;
    const method = (await this.#record()).status === "Removing" ? "DELETE" : "PUT";
    await portal.stack.fetchAzure("/_local/faults", {
      method: "POST",
      body: JSON.stringify({ match: { method, pathRegex: "^/subscriptions/" }, kind: "timeout", times: 1 }),
      headers: { "content-type": "application/json" },
    });
    const result = await work();
    await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
    return result;
  }

  async #end(moment: KillMoment): Promise<void> {
    const { target, state } = this.#tools;
    await target.lastAWhile();
    const hasEnded = async () => !isAtWork((await this.#record()).status);
    if (moment.at !== "end written" && (await hasEnded())) return;
    let steps = 0;
    const came = await target.untilStepwise(async () => {
      if (moment.at === "ending") {
        if (await this.#allDone()) steps += 1;
        return steps > moment.steps;
      }
      if (moment.at === "prefix released") return (await state.prefixes(this.#spoke)).length === 0;
      return hasEnded();
    }, 40_000);
    await this.#kill(moment, came);
  }

  async #kill(moment: KillMoment, came: boolean): Promise<void> {
    const { target, state, dataFolder } = this.#tools;
    const age = target.age;
    const kill = await target.kill(async (): Promise<Kill> => {
      const operations = readOperations(dataFolder).filter(({ status }) => status === "InProgress");
      const record = await state.record(this.#spoke);
      return {
        moment,
        came,
        age,
        status: record?.status ?? "none",
        progress: record === null ? null : await state.progress(this.#spoke, record.revision),
        operations: operations.map(({ resourceId }) => resourceId),
        turnsHeld: (await state.blobs()).filter(({ leased }) => leased).length,
        prefixHeld: (await state.prefixes(this.#spoke)).length > 0,
      };
    });
    this.kills.push(kill);
  }

  async #record() {
    const record = await this.#tools.state.record(this.#spoke);
    if (record === null) throw new Error(`${this.#spoke} has no record`);
    return record;
  }

  async #allDone(): Promise<boolean> {
    return (await this.#changesLeft()) === 0;
  }

  async #changesLeft(): Promise<number> {
    const record = await this.#record();
    if (!isAtWork(record.status)) return 0;
    const progress = await this.#tools.state.progress(this.#spoke, record.revision);
    return progress === null ? Number.POSITIVE_INFINITY : progress.total - progress.done;
  }
}
