import { type ArgumentMetadata, HttpException, type Type, ValidationPipe } from '@nestjs/common';
import { DomainError, Invalid } from '#kernel';
import { faultsOf, fieldFaults, STRICT } from './field-faults.js';
import { instanceOf } from './instance-of.js';

/** What a hostile value breaks while it is converted is the caller's mistake, not ours. */
class DtoPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (Array.isArray(value) && this.toValidate(metadata)) throw notAnObject(metadata);
    try {
      if (metadata.type === 'body' && this.toValidate(metadata)) return bodyOf(metadata.metatype!, value);
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof DomainError || error instanceof HttpException) throw error;
      throw Invalid.field(metadata.data ?? metadata.type, 'has a value of the wrong type');
    }
  }
}

/** A body may be large, so it is not for the pipe's own way, which walks through it seven times. */
function bodyOf(Type: Type<object>, value: unknown): object {
  if (value !== undefined && value !== null && typeof value !== 'object') throw notAnObject({ type: 'body' });
  const body = instanceOf(Type, value ?? {});
  const errors = faultsOf(body);
  if (errors.length > 0) throw new Invalid(errors);
  return body;
}

const notAnObject = ({ data, type }: ArgumentMetadata) =>
  Invalid.field(data ?? type, 'must be an object', undefined, { code: 'IS_OBJECT' });

/** The one pipe for every DTO: unknown properties are refused, every wrong field is named. */
export const validationPipe = () =>
  new DtoPipe({
    ...STRICT,
    transform: true,
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => new Invalid(fieldFaults(errors)),
  });
