export interface RecurrenceExample {
  rule: string;
  start: string;
  /** All dates where `to` is not given, else those before it: `1997-09: 2 9` is two dates of September 1997. */
  dates: string[];
  to?: string;
  excludedDates?: string[];
}

const januaries = ['1998-01', '1999-01', '2000-01'].map((month) => `${month}: 1-31`);
const september2 = '1997-09-02';

/** The examples of RFC 5545, section 3.8.5.3, for days and weeks. All are at 09:00 in New York. */
export const daysAndWeeks: RecurrenceExample[] = [
  { rule: 'FREQ=DAILY;COUNT=10', start: september2, dates: ['1997-09: 2-11'] },
  {
    rule: 'FREQ=DAILY;UNTIL=19971224T000000Z',
    start: september2,
    dates: ['1997-09: 2-30', '1997-10: 1-31', '1997-11: 1-30', '1997-12: 1-23'],
  },
  {
    rule: 'FREQ=DAILY;INTERVAL=2',
    start: september2,
    to: '1997-10-06',
    dates: ['1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30', '1997-10: 2 4'],
  },
  { rule: 'FREQ=DAILY;INTERVAL=10;COUNT=5', start: september2, dates: ['1997-09: 2 12 22', '1997-10: 2 12'] },
  {
    rule: 'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
    start: '1998-01-01',
    dates: januaries,
  },
  { rule: 'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1', start: '1998-01-01', dates: januaries },
  {
    rule: 'FREQ=WEEKLY;COUNT=10',
    start: september2,
    dates: ['1997-09: 2 9 16 23 30', '1997-10: 7 14 21 28', '1997-11: 4'],
  },
  {
    rule: 'FREQ=WEEKLY;UNTIL=19971224T000000Z',
    start: september2,
    dates: ['1997-09: 2 9 16 23 30', '1997-10: 7 14 21 28', '1997-11: 4 11 18 25', '1997-12: 2 9 16 23'],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    start: september2,
    to: '1998-03-01',
    dates: [
      '1997-09: 2 16 30',
      '1997-10: 14 28',
      '1997-11: 11 25',
      '1997-12: 9 23',
      '1998-01: 6 20',
      '1998-02: 3 17',
    ],
  },
  ...['UNTIL=19971007T000000Z', 'COUNT=10'].map((end) => ({
    rule: `FREQ=WEEKLY;${end};WKST=SU;BYDAY=TU,TH`,
    start: september2,
    dates: ['1997-09: 2 4 9 11 16 18 23 25 30', '1997-10: 2'],
  })),
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
    start: '1997-09-01',
    dates: [
      '1997-09: 1 3 5 15 17 19 29',
      '1997-10: 1 3 13 15 17 27 29 31',
      '1997-11: 10 12 14 24 26 28',
      '1997-12: 8 10 12 22',
    ],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    start: september2,
    dates: ['1997-09: 2 4 16 18 30', '1997-10: 2 14 16'],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
    start: '1997-08-05',
    dates: ['1997-08: 5 10 19 24'],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
    start: '1997-08-05',
    dates: ['1997-08: 5 17 19 31'],
  },
];
