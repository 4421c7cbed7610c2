import type { Area } from '../../api/types';
import { reportOn } from './shape';

const circle = (id: string, lon: number): Area =>
  ({ id, name: id, kind: 'circle', lat: 31, lon, radiusMetres: 1_000, polygon: null }) as Area;

describe('an area as it is drawn', () => {
  it('says how large a circle is and whose ground it touches', () => {
    const report = reportOn({ kind: 'circle', lat: 31, lon: 121, radiusMetres: 1_000 }, [
      circle('near', 121.015),
      circle('far', 121.05),
    ]);
    expect(report.squareKilometres).toBeCloseTo(3.14, 1);
    expect(report.crosses).toBe(false);
    expect(report.overlaps.map((area) => area.id)).toEqual(['near']);
  });

  it('sees an outline that crosses itself', () => {
    const bow = [
      [121, 31],
      [121.01, 31.01],
      [121.01, 31],
      [121, 31.01],
      [121, 31],
    ];
    expect(reportOn({ kind: 'polygon', polygon: { type: 'Polygon', coordinates: [bow] } }, []).crosses).toBe(
      true,
    );
  });
});
