<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
<renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0">
<symbols>
<symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="141,124,86,102"/>
<Option type="QString" name="outline_color" value="141,124,86,255"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.6"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="style" value="solid"/>
</Option>
<prop k="color" v="141,124,86,102"/>
<prop k="outline_color" v="141,124,86,255"/>
<prop k="joinstyle" v="round"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.6"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="style" v="solid"/>
</layer>
</symbol>
</symbols>
<rotation/>
<sizescale/>
</renderer-v2>
<blendMode>0</blendMode>
<featureBlendMode>0</featureBlendMode>
<layerGeometryType>2</layerGeometryType>
</qgis>
