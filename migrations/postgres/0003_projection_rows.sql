-- Where a projection stands nowhere yet it needs no row: its first step makes one. Rows made with their
-- consultations by earlier versions say the same, and stay. (SQLite's half of this step moves tables.)
SELECT 1;
