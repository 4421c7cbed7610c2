import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Headers, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Env } from '#config/env';
import { newId } from '#kernel';
import {
  ByLink,
  defineFact,
  FileBody,
  Holder,
  LargeBody,
  type LinkHolder,
  Public,
  requestContext,
  standardWebhooks,
  UnitOfWork,
  type WebhookEndpoint,
  WebhookMessages,
} from '#platform';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { configureHttp } from '../../apps/api/src/create-api.js';

const told = defineFact<{ by: string }>('test.told', { office: 'whole' });

export const endpoint: WebhookEndpoint & { orgId: string } = {
  orgId: '',
  id: newId(),
  secret: Buffer.from('a secret of the provider'),
  scheme: standardWebhooks,
};

/** What later stages will have: a page's routes behind a link, an address that a provider calls. */
@Controller({ path: 'test', version: '1' })
class LinkedController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly messages: WebhookMessages,
  ) {}

  @Get('visit')
  @ByLink('visit.read')
  read(@Holder() { subjectType, subjectId }: LinkHolder) {
    return { subjectType, subjectId };
  }

  @Post('visit/rate')
  @ByLink('visit.rate')
  rate(@Holder() holder: LinkHolder, @Body() body: { stars: number }) {
    return this.uow.run(holder.orgId, async (tx) => {
      tx.record(told(holder.subjectId, { by: `${requestContext.actor().kind}: ${body.stars}` }));
      return {};
    });
  }

  @Post('paid')
  @Public()
  @HttpCode(200)
  @LargeBody({ maxBytes: 10_000, raw: true })
  async paid(@Headers() headers: Record<string, unknown>, @FileBody() body: Buffer) {
    const known = headers['x-endpoint'] === endpoint.id ? endpoint : null;
    const { response, replayed } = await this.messages.receive(known, { headers, body }, async (tx) => {
      tx.record(told(endpoint.id, { by: `${requestContext.actor().kind}: ${body}` }));
      return { got: body.length };
    });
    return { ...response, replayed };
  }
}

/** The API with these routes beside the product's. */
export async function startWithLinks(env: Env): Promise<{ url: string; stop: () => Promise<void> }> {
  @Module({ imports: [ApiModule.forRoot(env)], controllers: [LinkedController] })
  class LinkedModule {}
  const api = await NestFactory.create<NestExpressApplication>(LinkedModule, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  configureHttp(api, env);
  await api.listen(0, '127.0.0.1');
  const { port } = api.getHttpServer().address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => api.close() };
}

/** As a provider signs, by Standard Webhooks. */
export function signedHeaders(
  body: string,
  {
    id = newId(),
    at = Date.now(),
    secret = endpoint.secret,
  }: { id?: string; at?: number; secret?: Buffer } = {},
): Record<string, string> {
  const seconds = String(Math.floor(at / 1_000));
  const mac = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'x-endpoint': endpoint.id,
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,bm90IHRoaXMgb25l v1,${mac}`,
  };
}
