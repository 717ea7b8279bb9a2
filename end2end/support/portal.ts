// A portal of our own: on a free port, with a folder that is gone afterwards.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { Mailbox } from "./mail.ts";
import type { Lang } from "./words.ts";

const program = process.env.AVP_SERVER_BIN;
// libfaketime: moves the clock of the portal, the program itself stays what it is.
const clock = process.env.AVP_TEST_CLOCK;

/** Whether days can pass in a story here. */
export const daysCanPass = Boolean(clock);

export type Role = "technician" | "contract_manager" | "privacy_officer" | "admin";
export const PASSWORD = "three grey herons by the weir";

export class Portal {
  readonly mail: Mailbox;
  private process?: ChildProcess;
  private content?: string;
  private said = "";

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly folder: string,
  ) {
    this.mail = new Mailbox(join(folder, "mail"));
  }

  /** A portal with nothing in it, not yet serving: people and programs are made by its commands first. */
  static async empty(): Promise<Portal> {
    const port = await freePort();
    const portal = new Portal(`http://localhost:${port}`, port, mkdtempSync(join(tmpdir(), "avp-story-")));
    portal.letDaysPass(0);
    return portal;
  }

  private environment(): NodeJS.ProcessEnv {
    // Nothing of the runner's own AVP_… keys: the portal refuses keys that it does not know.
    const { PATH, HOME, TZ } = process.env;
    const own = { AVP_LISTEN: `127.0.0.1:${this.port}`, AVP_BASE_URL: this.url, AVP_DATA_DIR: this.folder };
    const content = this.content ? { AVP_CONTENT_DIR: this.content } : {};
    return { PATH, HOME, TZ, ...own, ...content, ...this.moved(), AVP_LOG: "warn" };
  }

  private moved(): NodeJS.ProcessEnv {
    if (!clock) return {};
    const file = { FAKETIME_TIMESTAMP_FILE: this.days, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
    return { LD_PRELOAD: clock, ...file };
  }

  private get days(): string {
    return join(this.folder, "days");
  }

  /** From now on it is so many days later than it really is, for this portal alone. */
  letDaysPass(days: number): void {
    writeFileSync(this.days, `+${days}d\n`);
  }

  /** Runs a command of the portal; its standard output. */
  run(args: string[], input = ""): string {
    if (!program) throw new Error("AVP_SERVER_BIN names no portal");
    const done = spawnSync(program, args, { env: this.environment(), input, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`av-portal ${args.join(" ")}: ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout.trim();
  }

  /** Somebody of the staff, with the password of all stories; their address. */
  staff(name: string, roles: Role[], lang: Lang): string {
    const email = `${name.split(" ")[0].toLowerCase()}@provider.example`;
    const facts = ["--confidentiality-on", "2025-01-07", "--training-until", "2035-12-31", "--language", lang];
    const args = ["user", "create", "--email", email, "--name", name, ...facts, "--password-stdin"];
    this.run([...args, ...roles.flatMap((r) => ["--role", r])], `${PASSWORD}\n`);
    return email;
  }

  async serve(...options: string[]): Promise<this> {
    if (!program) throw new Error("AVP_SERVER_BIN names no portal");
    const child = spawn(program, ["serve", ...options], { env: this.environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (d) => (this.said += d));
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/healthz/live`).catch(() => undefined);
      if (answer?.ok) return this;
    }
    throw new Error(`the portal did not start\n${this.said}`);
  }

  /** Starts it again with a material version of the contract text that it has not seen yet: a copy of this one. */
  async restartWithText(version: string, from: string): Promise<void> {
    await this.stop();
    this.content = join(this.folder, "content");
    const text = join(this.content, "legal/av", version);
    cpSync(fileURLToPath(new URL(`../../content/legal/av/${from}`, import.meta.url)), text, { recursive: true });
    const head = readFileSync(join(text, "text.toml"), "utf8");
    if (!/^change = "material"$/m.test(head)) throw new Error(`${from} is no material text`);
    await this.serve();
  }

  private async stop(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await Promise.race([gone, pause(5000)]);
    if (child.exitCode === null) child.kill("SIGKILL");
  }

  /** Stops it; what it had to say in the meantime (warnings and errors only). */
  async end(): Promise<string> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
    return this.said;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
