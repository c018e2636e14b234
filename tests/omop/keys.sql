-- The foreign keys of the vocabulary tables, and that no pair stands twice.
ALTER TABLE concept ADD FOREIGN KEY (domain_id) REFERENCES domain (domain_id);
ALTER TABLE concept ADD FOREIGN KEY (vocabulary_id) REFERENCES vocabulary (vocabulary_id);
ALTER TABLE concept ADD FOREIGN KEY (concept_class_id) REFERENCES concept_class (concept_class_id);
ALTER TABLE vocabulary ADD FOREIGN KEY (vocabulary_concept_id) REFERENCES concept (concept_id);
ALTER TABLE domain ADD FOREIGN KEY (domain_concept_id) REFERENCES concept (concept_id);
ALTER TABLE concept_class ADD FOREIGN KEY (concept_class_concept_id) REFERENCES concept (concept_id);
ALTER TABLE relationship ADD FOREIGN KEY (relationship_concept_id) REFERENCES concept (concept_id);
ALTER TABLE concept_relationship ADD FOREIGN KEY (concept_id_1) REFERENCES concept (concept_id);
ALTER TABLE concept_relationship ADD FOREIGN KEY (concept_id_2) REFERENCES concept (concept_id);
ALTER TABLE concept_relationship ADD FOREIGN KEY (relationship_id) REFERENCES relationship (relationship_id);
ALTER TABLE concept_synonym ADD FOREIGN KEY (concept_id) REFERENCES concept (concept_id);
ALTER TABLE concept_synonym ADD FOREIGN KEY (language_concept_id) REFERENCES concept (concept_id);
ALTER TABLE concept_ancestor ADD FOREIGN KEY (ancestor_concept_id) REFERENCES concept (concept_id);
ALTER TABLE concept_ancestor ADD FOREIGN KEY (descendant_concept_id) REFERENCES concept (concept_id);
ALTER TABLE concept_relationship ADD UNIQUE (concept_id_1, concept_id_2, relationship_id);
ALTER TABLE concept_ancestor ADD UNIQUE (ancestor_concept_id, descendant_concept_id);
ALTER TABLE concept_synonym ADD UNIQUE (concept_id, concept_synonym_name, language_concept_id);
