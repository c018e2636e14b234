-- The vocabulary tables of the OMOP Common Data Model 5.4: columns, types, what must be filled, keys.
CREATE TABLE concept (
    concept_id integer NOT NULL PRIMARY KEY,
    concept_name varchar(255) NOT NULL,
    domain_id varchar(20) NOT NULL,
    vocabulary_id varchar(20) NOT NULL,
    concept_class_id varchar(20) NOT NULL,
    standard_concept varchar(1) NULL,
    concept_code varchar(50) NOT NULL,
    valid_start_date date NOT NULL,
    valid_end_date date NOT NULL,
    invalid_reason varchar(1) NULL
);
CREATE TABLE vocabulary (
    vocabulary_id varchar(20) NOT NULL PRIMARY KEY,
    vocabulary_name varchar(255) NOT NULL,
    vocabulary_reference varchar(255) NULL,
    vocabulary_version varchar(255) NULL,
    vocabulary_concept_id integer NOT NULL
);
CREATE TABLE domain (
    domain_id varchar(20) NOT NULL PRIMARY KEY,
    domain_name varchar(255) NOT NULL,
    domain_concept_id integer NOT NULL
);
CREATE TABLE concept_class (
    concept_class_id varchar(20) NOT NULL PRIMARY KEY,
    concept_class_name varchar(255) NOT NULL,
    concept_class_concept_id integer NOT NULL
);
CREATE TABLE relationship (
    relationship_id varchar(20) NOT NULL PRIMARY KEY,
    relationship_name varchar(255) NOT NULL,
    is_hierarchical varchar(1) NOT NULL,
    defines_ancestry varchar(1) NOT NULL,
    reverse_relationship_id varchar(20) NOT NULL,
    relationship_concept_id integer NOT NULL
);
CREATE TABLE concept_relationship (
    concept_id_1 integer NOT NULL,
    concept_id_2 integer NOT NULL,
    relationship_id varchar(20) NOT NULL,
    valid_start_date date NOT NULL,
    valid_end_date date NOT NULL,
    invalid_reason varchar(1) NULL
);
CREATE TABLE concept_synonym (
    concept_id integer NOT NULL,
    concept_synonym_name varchar(1000) NOT NULL,
    language_concept_id integer NOT NULL
);
CREATE TABLE concept_ancestor (
    ancestor_concept_id integer NOT NULL,
    descendant_concept_id integer NOT NULL,
    min_levels_of_separation integer NOT NULL,
    max_levels_of_separation integer NOT NULL
);
