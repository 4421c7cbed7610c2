import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type BodyRule, bodyRuleOf } from '../http/body/body-rule.js';
import { ACCESS, type Access } from './access.js';

export interface DeclaredRoute {
  /** `JobController.create` */
  handler: string;
  method: string;
  /** `/api/v1/jobs/:id` */
  path: string;
  access: Access | undefined;
  /** What it takes as its body. */
  body: BodyRule;
}

/** Every route of the process with the rule it declared; one without a rule stops the start. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const bare = this.all().filter((route) => !route.access);
    if (bare.length > 0)
      throw new Error(
        `declare @Public(), @SignedIn(), @Can() or @ByLink() for ${bare.map((route) => route.handler).join(', ')}`,
      );
  }

  all(): DeclaredRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name]!;
        const verb = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (verb === undefined) return [];
        const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
          handler as () => unknown,
          metatype as new () => unknown,
        ]);
        const method = RequestMethod[verb];
        return paths(metatype, handler).map((path) => ({
          handler: `${metatype.name}.${name}`,
          method,
          path,
          access,
          body: bodyRuleOf(handler as () => unknown, metatype),
        }));
      });
    });
  }
}

/** Versioned routes stand under /api/v…, the rest (health) at the root. */
function paths(controller: object, handler: object): string[] {
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? (value as string[]) : [typeof value === 'string' ? value : ''];
  const version = Reflect.getMetadata('__version__', controller) as unknown;
  const prefix = typeof version === 'string' ? `/api/v${version}` : '';
  return list(Reflect.getMetadata(PATH_METADATA, controller)).flatMap((base) =>
    list(Reflect.getMetadata(PATH_METADATA, handler)).map((path) =>
      `${prefix}/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, ''),
    ),
  );
}
