import type { RecurrenceExample } from './rfc-days-and-weeks.js';

const weekdays = 'BYDAY=MO,TU,WE,TH,FR';
const september2 = '1997-09-02';

/** The examples of RFC 5545, section 3.8.5.3, for months and years. All are at 09:00 in New York. */
export const monthsAndYears: RecurrenceExample[] = [
  {
    rule: 'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    start: '1997-09-05',
    dates: [
      '1997-09: 5',
      '1997-10: 3',
      '1997-11: 7',
      '1997-12: 5',
      '1998-01: 2',
      '1998-02: 6',
      '1998-03: 6',
      '1998-04: 3',
      '1998-05: 1',
      '1998-06: 5',
    ],
  },
  {
    rule: 'FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR',
    start: '1997-09-05',
    dates: ['1997-09: 5', '1997-10: 3', '1997-11: 7', '1997-12: 5'],
  },
  {
    rule: 'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    start: '1997-09-07',
    dates: ['1997-09: 7 28', '1997-11: 2 30', '1998-01: 4 25', '1998-03: 1 29', '1998-05: 3 31'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    start: '1997-09-22',
    dates: ['1997-09: 22', '1997-10: 20', '1997-11: 17', '1997-12: 22', '1998-01: 19', '1998-02: 16'],
  },
  {
    rule: 'FREQ=MONTHLY;BYMONTHDAY=-3',
    start: '1997-09-28',
    to: '1998-03-01',
    dates: ['1997-09: 28', '1997-10: 29', '1997-11: 28', '1997-12: 29', '1998-01: 29', '1998-02: 26'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
    start: september2,
    dates: ['1997-09: 2 15', '1997-10: 2 15', '1997-11: 2 15', '1997-12: 2 15', '1998-01: 2 15'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    start: '1997-09-30',
    dates: ['1997-09: 30', '1997-10: 1 31', '1997-11: 1 30', '1997-12: 1 31', '1998-01: 1 31', '1998-02: 1'],
  },
  {
    rule: 'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
    start: '1997-09-10',
    dates: ['1997-09: 10-15', '1999-03: 10-13'],
  },
  {
    rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    start: september2,
    to: '1998-05-01',
    dates: ['1997-09: 2 9 16 23 30', '1997-11: 4 11 18 25', '1998-01: 6 13 20 27', '1998-03: 3 10 17 24 31'],
  },
  {
    rule: 'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
    start: '1997-06-10',
    dates: [1997, 1998, 1999, 2000, 2001].flatMap((year) => [`${year}-06: 10`, `${year}-07: 10`]),
  },
  {
    rule: 'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3',
    start: '1997-03-10',
    dates: [
      '1997-03: 10',
      ...[1999, 2001, 2003].flatMap((year) => [`${year}-01: 10`, `${year}-02: 10`, `${year}-03: 10`]),
    ],
  },
  {
    rule: 'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
    start: '1997-01-01',
    dates: [
      ...['1997-01: 1', '1997-04: 10', '1997-07: 19'],
      ...['2000-01: 1', '2000-04: 9', '2000-07: 18'],
      ...['2003-01: 1', '2003-04: 10', '2003-07: 19'],
      '2006-01: 1',
    ],
  },
  {
    rule: 'FREQ=YEARLY;BYDAY=20MO',
    start: '1997-05-19',
    to: '2000-01-01',
    dates: ['1997-05: 19', '1998-05: 18', '1999-05: 17'],
  },
  {
    rule: 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    start: '1997-05-12',
    to: '2000-01-01',
    dates: ['1997-05: 12', '1998-05: 11', '1999-05: 17'],
  },
  {
    rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    start: '1997-03-13',
    to: '2000-01-01',
    dates: ['1997-03: 13 20 27', '1998-03: 5 12 19 26', '1999-03: 4 11 18 25'],
  },
  {
    rule: 'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
    start: '1997-06-05',
    to: '2000-01-01',
    dates: [
      ...['1997-06: 5 12 19 26', '1997-07: 3 10 17 24 31', '1997-08: 7 14 21 28'],
      ...['1998-06: 4 11 18 25', '1998-07: 2 9 16 23 30', '1998-08: 6 13 20 27'],
      ...['1999-06: 3 10 17 24', '1999-07: 1 8 15 22 29', '1999-08: 5 12 19 26'],
    ],
  },
  {
    rule: 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    start: september2,
    excludedDates: [september2],
    to: '2001-01-01',
    dates: ['1998-02: 13', '1998-03: 13', '1998-11: 13', '1999-08: 13', '2000-10: 13'],
  },
  {
    rule: 'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    start: '1997-09-13',
    to: '1998-07-01',
    dates: [
      ...['1997-09: 13', '1997-10: 11', '1997-11: 8', '1997-12: 13', '1998-01: 10'],
      ...['1998-02: 7', '1998-03: 7', '1998-04: 11', '1998-05: 9', '1998-06: 13'],
    ],
  },
  {
    rule: 'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    start: '1996-11-05',
    to: '2005-01-01',
    dates: ['1996-11: 5', '2000-11: 7', '2004-11: 2'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    start: '1997-09-04',
    dates: ['1997-09: 4', '1997-10: 7', '1997-11: 6'],
  },
  {
    rule: `FREQ=MONTHLY;${weekdays};BYSETPOS=-2`,
    start: '1997-09-29',
    to: '1998-04-01',
    dates: [
      ...['1997-09: 29', '1997-10: 30', '1997-11: 27', '1997-12: 30', '1998-01: 29', '1998-02: 26'],
      '1998-03: 30',
    ],
  },
  {
    rule: 'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
    start: '2007-01-15',
    dates: ['2007-01: 15 30', '2007-02: 15', '2007-03: 15 30'],
  },
];
