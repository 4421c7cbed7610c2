import { Injectable } from '@nestjs/common';
import type { Principal } from '../auth/principal.js';
import type { CostClass } from '../shares/shares.js';

export interface LiveCaller {
  principal: Principal;
  socketId: string;
  join(room: string): void;
  leave(room: string): void;
}

export interface LiveCommand {
  event: string;
  /** The ability this command needs, as in `@Can`. */
  action: string;
  subject: string;
  /** What it costs, as `@Cost` of a route; normal without a word. */
  cost?: CostClass;
  handle(payload: unknown, caller: LiveCaller): Promise<unknown>;
}

/** What clients may say on the live channel. Stages register here; the gateway checks the rule and answers errors. */
@Injectable()
export class LiveCommands {
  private readonly commands = new Map<string, LiveCommand>();

  register(command: LiveCommand): void {
    if (this.commands.has(command.event)) throw new Error(`two live commands are named ${command.event}`);
    this.commands.set(command.event, command);
  }

  get(event: string): LiveCommand | undefined {
    return this.commands.get(event);
  }

  all(): LiveCommand[] {
    return [...this.commands.values()];
  }
}
