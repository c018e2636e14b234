-- A stand-in for what every Athena download holds and our rows point to. Ids below 100 are made up,
-- except that of no map (0); the two languages and the SNOMED code are real, its concept id is not.
INSERT INTO domain VALUES ('Metadata', 'Metadata', 1), ('Condition', 'Condition', 2),
    ('Drug', 'Drug', 3), ('Procedure', 'Procedure', 4), ('Observation', 'Observation', 5),
    ('Spec Anatomic Site', 'Specimen Anatomic Site', 6);
INSERT INTO vocabulary VALUES ('Vocabulary', 'OMOP Vocabulary', NULL, NULL, 7),
    ('Concept Class', 'OMOP Concept Class', NULL, NULL, 7), ('SNOMED', 'SNOMED CT', NULL, NULL, 7);
INSERT INTO concept_class VALUES ('Vocabulary', 'Vocabulary', 8),
    ('Concept Class', 'Concept Class', 8), ('Disorder', 'Disorder', 8);
INSERT INTO relationship VALUES ('Is a', 'Is a', '1', '0', 'Subsumes', 9),
    ('Subsumes', 'Subsumes', '1', '1', 'Is a', 9),
    ('Concept replaced by', 'Concept replaced by', '0', '0', 'Concept replaces', 9),
    ('Concept replaces', 'Concept replaces', '0', '0', 'Concept replaced by', 9),
    ('Maps to', 'Maps to', '0', '0', 'Mapped from', 9),
    ('Mapped from', 'Mapped from', '0', '0', 'Maps to', 9);
INSERT INTO concept VALUES
    (0, 'No matching concept', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '0', '1970-01-01', '2099-12-31', NULL),
    (1, 'Metadata', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '1', '1970-01-01', '2099-12-31', NULL),
    (2, 'Condition', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '2', '1970-01-01', '2099-12-31', NULL),
    (3, 'Drug', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '3', '1970-01-01', '2099-12-31', NULL),
    (4, 'Procedure', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '4', '1970-01-01', '2099-12-31', NULL),
    (5, 'Observation', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '5', '1970-01-01', '2099-12-31', NULL),
    (6, 'Site', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '6', '1970-01-01', '2099-12-31', NULL),
    (7, 'Vocabulary', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '7', '1970-01-01', '2099-12-31', NULL),
    (8, 'Class', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '8', '1970-01-01', '2099-12-31', NULL),
    (9, 'Relationship', 'Metadata', 'Vocabulary', 'Vocabulary', NULL, '9', '1970-01-01', '2099-12-31', NULL),
    (10, 'Milia (disorder)', 'Condition', 'SNOMED', 'Disorder', 'S', '254679001', '1970-01-01', '2099-12-31', NULL),
    (4180186, 'English language', 'Observation', 'SNOMED', 'Disorder', NULL, 'en', '1970-01-01', '2099-12-31', NULL),
    (4182504, 'German language', 'Observation', 'SNOMED', 'Disorder', NULL, 'de', '1970-01-01', '2099-12-31', NULL);
