ld_dir('{folder}', '{file}', '{graph}');
rdf_loader_run();
checkpoint;
select concat('loaded ', count(*)) from DB.DBA.RDF_QUAD where G = iri_to_id('{graph}');
