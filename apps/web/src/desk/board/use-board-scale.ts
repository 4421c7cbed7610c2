import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { businessClock } from '../../live/business-clock';
import { keptScroll, left, NAME_WIDTH, type Scale, scaleFor, type Zoom } from './board-scale';

const MORNING_MS = 8 * 3_600_000;
/** Pixels of the past that are seen when a day is opened. */
const LOOK_BACK = 120;

/** Time across the board as wide as the page is; what is looked at stays in place while that changes. */
export function useBoardScale(
  box: RefObject<HTMLDivElement | null>,
  span: { start: string; end: string },
  zoom: Zoom,
) {
  const [room, setRoom] = useState(0);
  const scroll = useRef(0);
  const drawn = useRef<{ scale: Scale; room: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setRoom(Math.max(1, element.clientWidth - NAME_WIDTH));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const scale = useMemo(
    () => scaleFor(zoom, { start: Date.parse(span.start), end: Date.parse(span.end) }, room || 1),
    [zoom, span.start, span.end, room],
  );
  useLayoutEffect(() => {
    if (room === 0) return;
    const element = box.current!;
    const before = drawn.current;
    const now = businessClock.now();
    const to =
      before?.scale.start === scale.start
        ? keptScroll({ ...before, scroll: scroll.current }, { scale, room }, now)
        : opening(scale, now);
    element.scrollLeft = to;
    scroll.current = element.scrollLeft;
    drawn.current = { scale, room };
  }, [box, scale, room]);
  // What has become narrower is scrolled back by the browser before anybody is told: the place is kept here.
  const onScroll = () => {
    scroll.current = box.current!.scrollLeft;
  };
  return { scale, onScroll };
}

/** On the present hour, or on the morning of another day. */
function opening(scale: Scale, now: number): number {
  const at = now >= scale.start && now < scale.end ? now : scale.start + MORNING_MS;
  return Math.max(0, left(scale, at) - LOOK_BACK);
}
