// What the server tells a stage; the shapes are those of Tally and StageScene.

export interface ClassTally { classId: number; people: number; families: number; expected: number | null }
export interface Tally { code: string; version: number; people: number; families: number; byClass: ClassTally[] }
export interface StageScene { code: string; version: number; state: string }

/** Whether an arriving snapshot may be shown: answers overtake each other, and a stage never goes back. */
export const isCurrent = (arrived: number, shown: number) => arrived >= shown;
