import { type ArgumentMetadata, HttpException, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { DomainError, type FieldError, Invalid } from '#kernel';

/**
 * Which rule it is and what it would have let pass, for whoever says it in another language: `maxLength` of 120 is
 * `MAX_LENGTH` with `{ limit: 120 }`. A rule with a sentence of its own has a code only if it names one in its context.
 */
function ruleOf({ target, property, contexts }: ValidationError, name: string): Partial<FieldError> {
  const named = contexts?.[name]?.code as string | undefined;
  if (named) return { code: named };
  const rule = getMetadataStorage()
    .getTargetValidationMetadatas(target!.constructor, '', true, false)
    .find((one) => one.propertyName === property && one.name === name);
  if (!rule || rule.message) return {};
  const code = name.replace(/[A-Z]/g, '_$&').toUpperCase();
  const [first, second] = rule.constraints ?? [];
  if (typeof second === 'number')
    return { code, limit: `${first}..${second}`, values: { least: first, most: second } };
  const limit = Array.isArray(first) ? first.join(', ') : first;
  return Array.isArray(first) || typeof first === 'number' ? { code, limit, values: { limit } } : { code };
}

function flatten(errors: ValidationError[], path = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = /^\d+$/.test(error.property)
      ? `${path}[${error.property}]`
      : path
        ? `${path}.${error.property}`
        : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
      field,
      message,
      ...ruleOf(error, name),
    }));
    return [...own, ...flatten(error.children ?? [], field)];
  });
}

/** What a hostile value breaks while it is converted is the caller's mistake, not ours. */
class DtoPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof DomainError || error instanceof HttpException) throw error;
      throw Invalid.field(metadata.data ?? metadata.type, 'has a value of the wrong type');
    }
  }
}

/** The one pipe for every DTO: unknown properties are refused, every wrong field is named. */
export const validationPipe = () =>
  new DtoPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => new Invalid(flatten(errors)),
  });
