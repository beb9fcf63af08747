-- Heights that a layer's file had: geometries are flat.

-- What they mean in the words of KML, then one for each position of the
-- geometry in metres, "-" without: "absolute 200 201.5 -".
ALTER TABLE layer_feature ADD COLUMN heights TEXT CHECK (heights <> '');
