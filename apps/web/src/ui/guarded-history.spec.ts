import { UNSAFE_createMemoryHistory as memoryHistory } from 'react-router';
import { guardedHistory } from './guarded-history';
import { unsaved } from './unsaved';

jest.mock('./unsaved', () => ({ unsaved: { holds: jest.fn(), ask: jest.fn() } }));

describe('a history that asks before something typed is lost', () => {
  const holds = jest.mocked(unsaved.holds);
  const ask = jest.mocked(unsaved.ask);
  const begin = () => {
    const told: string[] = [];
    const history = guardedHistory(
      memoryHistory({ initialEntries: ['/a', '/b?x=1', '/c'], initialIndex: 1, v5Compat: true }),
    );
    history.listen(({ action, location }) => told.push(`${action} ${location.pathname}${location.search}`));
    return { history, told };
  };
  let agreed: () => void;

  beforeEach(() => {
    holds.mockReset().mockReturnValue(true);
    agreed = () => {};
    ask.mockReset().mockImplementation((then) => {
      agreed = () => {
        holds.mockReturnValue(false);
        then();
      };
    });
  });

  it('goes nowhere until the person agrees, by a link and by the way back and forth', () => {
    const go: [string, (history: ReturnType<typeof guardedHistory>) => void][] = [
      ['PUSH /d', (history) => history.push('/d')],
      ['REPLACE /d', (history) => history.replace({ pathname: '/d' })],
      ['POP /a', (history) => history.go(-1)],
      ['POP /c', (history) => history.go(1)],
    ];
    for (const [wanted, step] of go) {
      holds.mockReturnValue(true);
      const { history, told } = begin();
      step(history);
      expect([wanted, told, history.location.pathname]).toEqual([wanted, [], '/b']);
      agreed();
      expect(told).toEqual([wanted]);
    }
  });

  it('asks nothing while the page stays the same, whatever its address tells', () => {
    const { history, told } = begin();
    history.push('/b?x=2');
    history.replace({ pathname: '/b', search: '?x=3' });
    history.go(-1);
    expect(told).toEqual(['PUSH /b?x=2', 'REPLACE /b?x=3', 'POP /b?x=1']);
    expect(ask).not.toHaveBeenCalled();
  });

  it('goes back at once when nothing is typed', () => {
    holds.mockReturnValue(false);
    const { history, told } = begin();
    history.go(-1);
    expect(told).toEqual(['POP /a']);
    expect(ask).not.toHaveBeenCalled();
  });
});
