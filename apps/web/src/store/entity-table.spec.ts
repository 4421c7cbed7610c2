import { EntityTable } from './entity-table';

interface Row {
  id: string;
  n: number;
}

function store() {
  const frames: (() => void)[] = [];
  const rows = new EntityTable<Row>((run) => void frames.push(run));
  return { rows, frame: () => frames.splice(0).forEach((run) => void run()) };
}

describe('rows outside React', () => {
  it('tells once a frame however much changed', () => {
    const { rows, frame } = store();
    let told = 0;
    rows.subscribe(() => (told += 1));
    for (let n = 0; n < 1000; n++) rows.put({ id: `${n % 10}`, n });
    expect(told).toBe(0);
    frame();
    expect(told).toBe(1);
    expect(rows.version).toBe(1);
    frame();
    expect(told).toBe(1);
  });

  it('tells a layer which rows changed since it last looked', () => {
    const { rows } = store();
    rows.put({ id: 'a', n: 1 });
    const watch = rows.watch();
    rows.patch('a', { n: 2 });
    rows.put({ id: 'b', n: 1 });
    expect(watch.drain()).toEqual(['a', 'b']);
    expect(watch.drain()).toEqual([]);
    rows.replace([{ id: 'b', n: 3 }]);
    expect(watch.drain().sort()).toEqual(['a', 'b']);
    expect(rows.all()).toEqual([{ id: 'b', n: 3 }]);
  });

  it('keeps one array until something changes', () => {
    const { rows } = store();
    rows.put({ id: 'a', n: 1 });
    expect(rows.all()).toBe(rows.all());
  });
});
