import { useTranslation } from 'react-i18next';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { humanUnit } from '../parts/human-unit';
import { exactMetres, exactNumber, exactSeconds, exactSpeed } from './exact';
import type { Override } from './layers';
import { type Unit, unitOf, type Wave } from './policy-fields';

/** Places and values of a policy in words. */
export function useWords() {
  const { t, i18n } = useTranslation('setup');
  const types = useAll(entityStore.serviceTypes);
  const { language } = i18n;
  const amount: Record<Unit, (value: number) => string> = {
    metres: (value) => exactMetres(language, value),
    seconds: (value) => exactSeconds(language, value),
    number: (value) => exactNumber(language, value),
    kmh: (value) => exactSpeed(language, value),
  };

  const label = (path: string): string => t(`policies.field.${path}`);

  const wave = ({ radiusMetres, bestCount, waitSeconds }: Wave) =>
    [
      radiusMetres === null ? t('policies.wave.everybody') : amount.metres(radiusMetres),
      bestCount === null ? t('policies.wave.all') : t('policies.wave.best', { count: bestCount }),
      amount.seconds(waitSeconds),
    ].join(' · ');

  const value = (path: string, said: Override): string => {
    if (said === undefined) return t('policies.notSaid');
    if (said === null) return t('policies.noLimit');
    if (typeof said === 'number') return amount[unitOf(path)](said);
    if (typeof said === 'string') return t(`policy.method.${said}`);
    return said.length === 0 ? t('policies.wave.none') : said.map(wave).join('; ');
  };

  return {
    value,
    wave,
    label,
    /** Over a field, in which the bare number stands. */
    labelWithUnit: (path: string, usual: number | null): string =>
      t(`unit.${humanUnit(path, usual)}`, { label: label(path) }),
    /** Of the policy of a service type, or of the one for all others. */
    name: (serviceTypeId: string | null): string =>
      serviceTypeId === null
        ? t('policies.default')
        : (types.find(({ id }) => id === serviceTypeId)?.name ?? t('policies.goneType')),
  };
}
