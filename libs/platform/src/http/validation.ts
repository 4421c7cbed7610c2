import { type ArgumentMetadata, HttpException, ValidationPipe } from '@nestjs/common';
import { DomainError, Invalid } from '#kernel';
import { fieldFaults, STRICT } from './field-faults.js';

/** What a hostile value breaks while it is converted is the caller's mistake, not ours. */
class DtoPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (Array.isArray(value) && this.toValidate(metadata)) throw notAnObject(metadata);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof DomainError || error instanceof HttpException) throw error;
      throw Invalid.field(metadata.data ?? metadata.type, 'has a value of the wrong type');
    }
  }
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
