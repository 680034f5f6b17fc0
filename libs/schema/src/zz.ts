import { readFileSync } from 'node:fs';
import { diffSchemas } from './compatibility/index.ts';
const cases = readFileSync('/tmp/s/slow.txt','utf8').trim().split('\n').map((l)=>{try{return JSON.parse(l)}catch{return undefined}}).filter(Boolean).sort((a,b)=>JSON.stringify(a).length-JSON.stringify(b).length).slice(Number(process.argv[2]??0), Number(process.argv[3]??12));
for (const [o,n] of cases) { const t=performance.now(); const d=diffSchemas(o,n,'input'); console.log((performance.now()-t).toFixed(0), d.verdict, d.changes.map(c=>c.rule).join().slice(0,60), JSON.stringify([o,n]).length); if (performance.now()-t>15000) break; }
