import { useTranslation } from 'react-i18next';
import { hasOverride, overruled } from './layers';
import { usePolicies } from './use-policies';
import { useWords } from './use-words';

/** For one of the organisation's own numbers: which dispatch policies say otherwise, in words. */
export function useOverruled(): (field: string) => string[] {
  const { t } = useTranslation('setup');
  const words = useWords();
  const { data } = usePolicies();
  return (field) => {
    const by = (data?.items ?? []).flatMap(({ serviceTypeId, body }) => {
      const path = overruled(body).get(field);
      return path ? [{ serviceTypeId, value: words.value(path, hasOverride(body, path)) }] : [];
    });
    const whole = by.find(({ serviceTypeId }) => serviceTypeId === null);
    const names = by.filter((one) => one !== whole).map(({ serviceTypeId }) => words.name(serviceTypeId));
    return [
      ...(whole ? [t('policy.overruled', { value: whole.value })] : []),
      ...(names.length > 0 ? [t('policy.notFor', { names: names.join(', ') })] : []),
    ];
  };
}
