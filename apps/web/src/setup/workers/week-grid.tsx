import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../setup.module.css';
import { clock, SLOT_MINUTES, SLOTS, type Week } from './week-hours';

interface Props {
  week: Week;
  onChange: (week: Week) => void;
  disabled: boolean;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Seven days of half hours: paint with the pointer, or arrows and space; shift and an arrow paints along. */
export function WeekGrid({ week, onChange, disabled }: Props) {
  const { t } = useTranslation('setup');
  const painting = useRef<boolean | null>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  const paint = (day: number, slot: number, on: boolean) => {
    if (disabled || week[day]![slot] === on) return;
    onChange(week.map((row, d) => (d === day ? row.map((cell, s) => (s === slot ? on : cell)) : row)));
  };
  const onKeyDown = (event: KeyboardEvent, day: number, slot: number) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const [nextDay, nextSlot] = [day + move[0], slot + move[1]];
    const next = box.current?.querySelector<HTMLElement>(`[data-cell="${nextDay}-${nextSlot}"]`);
    if (!next) return;
    if (event.shiftKey) paint(nextDay, nextSlot, week[day]![slot]!);
    next.focus();
  };
  return (
    <fieldset
      ref={box}
      className={classes.grid}
      aria-label={t('schedule.weekly')}
      onPointerUp={() => {
        painting.current = null;
      }}
      onPointerLeave={() => {
        painting.current = null;
      }}
    >
      <span />
      {Array.from({ length: 12 }, (_, i) => (
        <span key={clock(i * 120)} className={`${classes.gridHour} tnum`}>
          {clock(i * 120)}
        </span>
      ))}
      {DAYS.map((weekday, day) => (
        <Row key={weekday}>
          <span className={classes.gridDay}>{t(`weekday.${weekday}`)}</span>
          {Array.from({ length: SLOTS }, (_, slot) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: half hours are their index
              key={slot}
              type="button"
              className={classes.cell}
              disabled={disabled}
              data-cell={`${day}-${slot}`}
              data-hour={slot % 2 === 0}
              aria-pressed={week[day]![slot]!}
              aria-label={`${t(`weekday.${weekday}`)} ${clock(slot * SLOT_MINUTES)}`}
              // One stop for Tab; the arrows do the rest.
              tabIndex={day === 0 && slot === 16 ? 0 : -1}
              onKeyDown={(e) => onKeyDown(e, day, slot)}
              onPointerDown={(e) => {
                e.currentTarget.releasePointerCapture?.(e.pointerId);
                painting.current = !week[day]![slot];
                paint(day, slot, painting.current);
              }}
              onPointerEnter={() => painting.current !== null && paint(day, slot, painting.current)}
              onClick={(e) => e.detail === 0 && paint(day, slot, !week[day]![slot])}
            />
          ))}
        </Row>
      ))}
    </fieldset>
  );
}

function Row({ children }: { children: React.ReactNode }) {
  return <>{children}</>;
}
