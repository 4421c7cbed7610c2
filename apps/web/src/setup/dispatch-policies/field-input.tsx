import { Checkbox, Select, UnstyledButton } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HumanNumber } from '../parts/human-number';
import { humanUnit, toHuman } from '../parts/human-unit';
import { type Inherited, inheritedValue, type Override } from './layers';
import classes from './policies.module.css';
import { METHODS, type NumberField, ORGANIZATION_FIELD } from './policy-fields';
import { useWords } from './use-words';

interface Props {
  path: string;
  below: Inherited;
  /** What this policy says itself; undefined = nothing. */
  own: Override;
  error?: string;
  onSay: (path: string, value: Override) => void;
}

const BELOW_THE_INPUT: ('label' | 'input' | 'error' | 'description')[] = [
  'label',
  'input',
  'error',
  'description',
];

/** What holds and who says so, in words. */
export function useSource({ path, below, own }: Pick<Props, 'path' | 'below' | 'own'>): string {
  const { t } = useTranslation('setup');
  const words = useWords();
  const { value, from } = inheritedValue(below, path);
  // A number that has a place of its own on the page of the business numbers says so, also where it is the usual one.
  const named = from === 'product' && ORGANIZATION_FIELD[path] !== undefined ? 'usual' : from;
  const layer = t(`policies.layer.${named}`);
  // A list of waves is shown as such, and not said again.
  const otherwise = path === 'waves' ? layer : t('policies.from', { value: words.value(path, value), layer });
  return own === undefined ? otherwise : t('policies.own', { otherwise });
}

/** Marks what is this policy's own, with a way back to what holds below. */
export function Ownable({
  own,
  label,
  onPutBack,
  children,
}: {
  own: boolean;
  label: string;
  onPutBack: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('setup');
  return (
    <div className={classes.field} data-own={own}>
      {children}
      {own && (
        <UnstyledButton
          className={classes.putBack}
          aria-label={t('policies.putBackOf', { field: label })}
          onClick={onPutBack}
        >
          {t('policies.putBack')}
        </UnstyledButton>
      )}
    </div>
  );
}

/**
 * Empty while nothing is said; what then holds stands in it in grey and below it in words. There are many: each is drawn
 * again only when it changes.
 */
export const AmountInput = memo(function AmountInput({
  field: { path, min, max, whole, mayBeNone },
  below,
  own,
  error,
  onSay,
}: Omit<Props, 'path'> & { field: NumberField }) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const source = useSource({ path, below, own });
  const label = words.label(path);
  const beneath = inheritedValue(below, path).value;
  // By what holds below: what is typed here must not change its own unit.
  const usual = typeof beneath === 'number' ? beneath : null;
  const unit = humanUnit(path, usual);
  return (
    <Ownable own={own !== undefined} label={label} onPutBack={() => onSay(path, undefined)}>
      <HumanNumber
        field={path}
        unit={unit}
        label={words.labelWithUnit(path, usual)}
        description={source}
        inputWrapperOrder={BELOW_THE_INPUT}
        error={error}
        placeholder={
          own === null || usual === null ? t('policies.noLimit') : String(toHuman(path, unit, usual))
        }
        min={min}
        max={max}
        allowDecimal={!whole || unit === 'minutes' || unit === 'hours' || unit === 'days'}
        disabled={own === null}
        value={typeof own === 'number' ? own : null}
        onChange={(value) => onSay(path, value ?? undefined)}
      />
      {mayBeNone && (
        <Checkbox
          size="sm"
          my={8}
          label={t('policies.noLimit')}
          aria-label={t('policies.noLimitOf', { field: label })}
          checked={own === null || (own === undefined && beneath === null)}
          disabled={own === undefined && beneath === null}
          onChange={(event) => onSay(path, event.currentTarget.checked ? null : undefined)}
        />
      )}
    </Ownable>
  );
});

export function MethodInput({ path, below, own, error, onSay }: Props) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const source = useSource({ path, below, own });
  return (
    <Ownable own={own !== undefined} label={words.label(path)} onPutBack={() => onSay(path, undefined)}>
      <Select
        label={words.label(path)}
        description={source}
        inputWrapperOrder={BELOW_THE_INPUT}
        error={error}
        placeholder={words.value(path, inheritedValue(below, path).value)}
        data={METHODS.map((method) => ({ value: method, label: t(`policy.method.${method}`) }))}
        value={typeof own === 'string' ? own : null}
        onChange={(method) => onSay(path, method ?? undefined)}
        allowDeselect={false}
      />
    </Ownable>
  );
}
