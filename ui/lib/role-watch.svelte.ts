import { leaveRole, noticeOf, roleState, takeRole } from "./backend";
import type { Notice } from "./bindings/Notice";
import type { Role } from "./bindings/Role";
import type { RoleState } from "./bindings/RoleState";

/** In which role the window works. A role that was taken up with its passphrase falls back to the agent's after a rest. */
export class RoleWatch {
  state: RoleState = $state.raw({ role: "agent", guard: { guarded: false, auditor: false }, seconds_left: null });
  notice: Notice | null = $state.raw(null);
  /** Somebody has done something since the app was asked last. */
  #busy = false;

  /** Whether roles need passphrases. */
  get guarded(): boolean {
    return this.state.guard.guarded;
  }

  /** Somebody does something in the window. */
  stir(): void {
    this.#busy = true;
  }

  /** Asks the app anew. */
  async look(): Promise<void> {
    const busy = this.#busy;
    this.#busy = false;
    await this.#become(() => roleState(busy));
  }

  /** True once the role is taken up; otherwise `notice` says why not. */
  take(role: Role, passphrase: string): Promise<boolean> {
    return this.#become(() => takeRole(role, passphrase));
  }

  /** Goes back to the agent's role. */
  leave(): Promise<boolean> {
    return this.#become(leaveRole);
  }

  async #become(ask: () => Promise<RoleState>): Promise<boolean> {
    try {
      this.state = await ask();
      this.notice = null;
      return true;
    } catch (rejection) {
      this.notice = noticeOf(rejection);
      return false;
    }
  }
}
