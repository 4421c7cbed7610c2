import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { entityStore } from '../../store/entity-store';
import { DEFAULT_VIEW, type View } from '../view/view-state';
import { type Chip, filterChips } from './filter-chips';
import classes from './list-pane.module.css';

const USUAL: Partial<View> = {
  attention: null,
  areaIds: [],
  states: DEFAULT_VIEW.states,
  statuses: DEFAULT_VIEW.statuses,
};

/** The filters that are on, above the list they narrow. */
export function ChipRow({ view, change }: { view: View; change: (part: Partial<View>) => void }) {
  const { t } = useTranslation('desk');
  const chips = filterChips(view);
  if (chips.length === 0) return null;
  const words = ({ kind, value }: Chip): string => {
    switch (kind) {
      case 'attention':
        return t(`glance.${value}`);
      case 'area':
        return entityStore.areas.get(value)?.name ?? '–';
      case 'state':
        return t(`common:state.${value}`);
      case 'status':
        return t(`common:status.${value}`);
      case 'notState':
        return t('filter.without', { what: t(`common:state.${value}`) });
      case 'notStatus':
        return t('filter.without', { what: t(`common:status.${value}`) });
      case 'nothing':
        return t('filter.nothing');
    }
  };
  return (
    <ul className={classes.chips} aria-label={t('filter.on')}>
      {chips.map((chip) => {
        const name = words(chip);
        return (
          <li key={`${chip.kind} ${chip.value}`}>
            <button
              type="button"
              className={classes.chip}
              aria-label={t('filter.remove', { name })}
              onClick={() => change(chip.without)}
            >
              {name}
              <IconX size={13} aria-hidden />
            </button>
          </li>
        );
      })}
      {chips.length > 1 && (
        <li>
          <button type="button" className={classes.chip} data-all onClick={() => change(USUAL)}>
            {t('filter.clear')}
          </button>
        </li>
      )}
    </ul>
  );
}
