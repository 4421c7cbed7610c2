import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { type CommandResult, CommandRunner } from '../commands/command-runner.js';
import { requestContext } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { isSigned, type SignatureScheme } from './webhook-signature.js';

/** Where an organisation hears from a provider: a row of the stage that talks to it. */
export interface WebhookEndpoint {
  orgId: string;
  id: string;
  secret: Buffer;
  scheme: SignatureScheme;
}

export interface WebhookRequest {
  headers: Record<string, unknown>;
  /** As it came: `@FileBody()` of a route with `@LargeBody({ raw: true })`. */
  body: Buffer;
}

/** How far the provider's clock may be from ours, and how old a message may be. */
const TOLERANCE_MS = 5 * 60_000;

/** Messages that providers send and sign. The route is `@Public()`: it is the signature that says who calls. */
@Injectable()
export class WebhookMessages {
  constructor(private readonly commands: CommandRunner) {}

  /**
   * Does `work` once for a message, as the principal `webhook`. One that is sent again within the tolerance gets the first
   * answer; after that it is refused as too old.
   *
   * @throws DomainError WEBHOOK_REFUSED (401): endpoint unknown (null), not signed, signed by somebody else, too old
   */
  async receive<T>(
    endpoint: WebhookEndpoint | null,
    { headers, body }: WebhookRequest,
    work: (tx: Tx) => Promise<T>,
  ): Promise<CommandResult<T>> {
    const signed = endpoint?.scheme(headers);
    if (!endpoint || !signed || !isSigned(body, signed, endpoint.secret)) throw refused();
    if (Math.abs(Date.now() - signed.sentAt.getTime()) > TOLERANCE_MS) throw refused();
    const { orgId, id } = endpoint;
    const command = { orgId, actorId: id, key: signed.messageId, body: body.toString('base64') };
    return requestContext.with({ actor: { kind: 'webhook', id } }, () => this.commands.run(command, work));
  }
}

const refused = () =>
  new DomainError('WEBHOOK_REFUSED', 401, 'The signature is missing, wrong, or too old for this address.');
