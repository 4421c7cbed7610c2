import {
  IconBolt,
  IconBug,
  IconDroplet,
  IconFlame,
  IconHammer,
  IconKey,
  IconPackage,
  IconPaint,
  IconPlant2,
  IconSearch,
  IconSnowflake,
  IconSpray,
  IconTool,
  IconTrash,
  IconWashMachine,
  IconWifi,
} from '@tabler/icons-react';
import type { ServiceType } from '../../api/types';

/** By words of the code or the name; the first that fits. */
const ICONS: [RegExp, typeof IconTool][] = [
  [/lock|key|锁|钥/i, IconKey],
  [/rubbish|waste|garbage|trash|bin\b|垃圾/i, IconTrash],
  [/clean|wash(?!ing m)|保洁|清洁|打扫/i, IconSpray],
  [/plumb|water|pipe|leak|drain|toilet|水/i, IconDroplet],
  [/gas|boiler|heat|stove|燃气|暖/i, IconFlame],
  [/electr|power|light|socket|电路|电工|灯/i, IconBolt],
  [/air.?con|cool|fridge|refriger|空调|冰箱/i, IconSnowflake],
  [/applian|washing m|oven|家电|洗衣/i, IconWashMachine],
  [/pest|insect|虫|鼠/i, IconBug],
  [/garden|lawn|plant|tree|绿化|园/i, IconPlant2],
  [/paint|wall|漆|墙/i, IconPaint],
  [/inspect|audit|check|visit|检查|巡/i, IconSearch],
  [/deliver|mov(e|ing)|parcel|搬|送/i, IconPackage],
  [/internet|network|wifi|网/i, IconWifi],
  [/install|carpent|furnit|assembl|安装|木/i, IconHammer],
];

/** What kind of work it is, without a word. */
export function ServiceIcon({ type, size = 14 }: { type: ServiceType | undefined; size?: number }) {
  const text = `${type?.code ?? ''} ${type?.name ?? ''}`;
  const Icon = ICONS.find(([words]) => words.test(text))?.[1] ?? IconTool;
  return <Icon size={size} aria-hidden style={{ flex: 'none' }} />;
}
