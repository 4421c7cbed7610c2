import { ExpressAdapter } from '@nestjs/platform-express';

/** What is nowhere is refused as problem details at every address; Nest itself would see to those under /api alone. */
export class RootAdapter extends ExpressAdapter {
  override setNotFoundHandler(handler: (...args: unknown[]) => unknown): this {
    return super.setNotFoundHandler(handler) as this;
  }
}
