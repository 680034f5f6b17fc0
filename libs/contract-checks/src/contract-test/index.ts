export { checkContracts } from './check-contracts.ts';
export type { ContractCode, ContractFinding } from './contract-finding.ts';
